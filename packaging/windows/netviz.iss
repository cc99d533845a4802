; Inno Setup: an installer from dist\netviz that opens .netviz files and netviz: links. Unrun: written on Linux.
;   pyinstaller packaging\netviz.spec
;   python packaging\icon.py build\netviz.ico
;   iscc /DVersion=0.1.0 packaging\windows\netviz.iss
[Setup]
AppId=netviz
AppName=netviz
AppVersion={#Version}
AppPublisher=netviz contributors
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\netviz.ico
UninstallDisplayIcon={app}\netvizw.exe
DefaultDirName={autopf}\netviz
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
OutputDir=..\..\dist
OutputBaseFilename=netviz-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes

[Files]
Source: "..\..\dist\netviz\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\netviz"; Filename: "{app}\netvizw.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.netviz"; ValueType: string; ValueData: "netviz.experiment"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.netviz"; ValueName: "Content Type"; ValueType: string; ValueData: "application/x-netviz"
Root: HKA; Subkey: "Software\Classes\netviz.experiment"; ValueType: string; ValueData: "netviz experiment"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\netviz.experiment\DefaultIcon"; ValueType: string; ValueData: "{app}\netvizw.exe,0"
Root: HKA; Subkey: "Software\Classes\netviz.experiment\shell\open\command"; ValueType: string; ValueData: """{app}\netvizw.exe"" open ""%1"""
Root: HKA; Subkey: "Software\Classes\netviz"; ValueType: string; ValueData: "URL:netviz"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\netviz"; ValueName: "URL Protocol"; ValueType: string; ValueData: ""
Root: HKA; Subkey: "Software\Classes\netviz\shell\open\command"; ValueType: string; ValueData: """{app}\netvizw.exe"" open ""%1"""
