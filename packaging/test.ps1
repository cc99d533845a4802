# Checks all of netviz, installing first what is missing. Words after the command go to pytest.
. "$PSScriptRoot\setup.ps1"
Set-Up test
Set-Location $Root
Invoke-Checked "$Bin\ruff.exe" check netviz tests packaging
Invoke-Checked "$Bin\ruff.exe" format --check netviz tests packaging
Invoke-Checked "$Bin\mypy.exe"
Invoke-Checked "$Bin\lint-imports.exe"
$env:QT_QPA_PLATFORM = "offscreen"
$Words = if ($args) { $args } else { @("--cov") }
Invoke-Checked "$Bin\pytest.exe" @Words
