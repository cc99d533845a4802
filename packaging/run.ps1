# Starts netviz, installing first what is missing. Words after the command go to netviz: run.ps1 train xor
. "$PSScriptRoot\setup.ps1"
Set-Up run
& "$Bin\netviz.exe" @args
exit $LASTEXITCODE
