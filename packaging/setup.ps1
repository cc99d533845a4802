# Read by run.ps1 and test.ps1: makes .venv and installs what is missing. Written beside setup.sh; unrun.
$ErrorActionPreference = "Stop"
$Root = Split-Path $PSScriptRoot
$Bin = Join-Path $Root ".venv\Scripts"

function Invoke-Checked($Command) {
    & $Command @args
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

# Set-Up run|test: returns at once where the last set-up had the same pins, project and place.
function Set-Up($Name) {
    $Pins = Join-Path $Root "packaging\requirements\$Name.txt"
    $Stamp = Join-Path $Root ".venv\$Name.stamp"
    $Now = "$((Get-FileHash $Pins, (Join-Path $Root 'pyproject.toml')).Hash) $Root"
    if ((Test-Path $Stamp) -and ((Get-Content $Stamp) -eq $Now)) { return }
    [Console]::Error.WriteLine("netviz: setting up; the first time fetches about 100 MB")
    if (-not (Test-Path "$Bin\pip.exe")) { Invoke-Checked (Find-Python) -m venv --clear "$Root\.venv" }
    $env:PIP_DISABLE_PIP_VERSION_CHECK = "1"
    $env:PIP_QUIET = "1"
    Invoke-Checked "$Bin\python.exe" -m pip install --require-hashes --no-deps -r $Pins
    Invoke-Checked "$Bin\python.exe" -m pip install --no-deps --no-build-isolation -e $Root
    Set-Content $Stamp $Now
}

function Find-Python {
    foreach ($Name in "python", "python3", "py") {
        if (-not (Get-Command $Name -ErrorAction SilentlyContinue)) { continue }
        & $Name -c "import sys; sys.exit(sys.version_info < (3, 11))"
        if ($LASTEXITCODE -eq 0) { return $Name }
    }
    [Console]::Error.WriteLine("netviz: needs Python 3.11 or newer: winget install Python.Python.3.13")
    exit 1
}
