#Requires -RunAsAdministrator
<#
  Makes this machine a lobby kiosk, or an ordinary one again with -Undo. For Windows 10/11 Enterprise, Education
  or IoT Enterprise: Shell Launcher and Keyboard Filter are parts of these alone. Run once, then restart.

  What it sets: an account without rights that signs in by itself; the kiosk in place of the desktop, started
  again whenever it ends; the key chords of Windows off; swipes from the edges, notifications, autoplay,
  accessibility chords and error windows off; the panel always on; a watchdog each minute.
#>
param(
  [switch] $Undo,
  [string] $Account = 'lobby-kiosk',
  [string] $Program = (Join-Path $PSScriptRoot '..\..\Lobby Kiosk.exe'),
  [string] $Data = (Join-Path $env:ProgramData 'LobbyKiosk')
)
$ErrorActionPreference = 'Stop'
$wmi = 'root\standardcimv2\embedded'
$task = 'Lobby kiosk watchdog'
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'

# Chords that open something, end something or leave the kiosk.
$chords = @(
  'Alt+F4', 'Alt+Space', 'Alt+Tab', 'Alt+Esc', 'Ctrl+Alt+Del', 'Ctrl+Alt+Esc', 'Ctrl+Esc', 'Ctrl+F4', 'Ctrl+Tab',
  'Ctrl+Win+F', 'Shift+Ctrl+Esc', 'LShift+LAlt+NumLock', 'LShift+LAlt+PrintScrn', 'Win+B', 'Win+Break', 'Win+C',
  'Win+D', 'Win+E', 'Win+Enter', 'Win+Esc', 'Win+F', 'Win+F1', 'Win+G', 'Win+H', 'Win+I', 'Win+J', 'Win+K', 'Win+L',
  'Win+M', 'Win+O', 'Win+P', 'Win+Q', 'Win+R', 'Win+S', 'Win+Space', 'Win+T', 'Win+Tab', 'Win+U', 'Win+V', 'Win+W',
  'Win+Z', 'Windows', 'Application', 'BrowserBack', 'BrowserForward', 'BrowserHome', 'BrowserSearch',
  'BrowserFavorites', 'LaunchApp1', 'LaunchApp2', 'LaunchMail', 'LaunchMediaSelect'
)

# Policies of the machine: path, name, value.
$policies = @(
  @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\EdgeUI', 'AllowEdgeSwipe', 0),
  @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\Explorer', 'DisableNotificationCenter', 1),
  @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\Explorer', 'NoDriveTypeAutoRun', 255),
  @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\Explorer', 'NoAutorun', 1),
  @('HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System', 'HideFastUserSwitching', 1),
  @('HKLM:\SOFTWARE\Microsoft\Windows\Windows Error Reporting', 'DontShowUI', 1),
  @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate\AU', 'NoAutoRebootWithLoggedOnUsers', 1),
  @('HKLM:\SOFTWARE\Policies\Microsoft\Windows\System', 'DisableLockScreenAppNotifications', 1)
)

function Set-Value([string] $Path, [string] $Name, $Value, [string] $Type = 'DWord') {
  if (-not (Test-Path $Path)) { New-Item -Path $Path -Force | Out-Null }
  New-ItemProperty -Path $Path -Name $Name -Value $Value -PropertyType $Type -Force | Out-Null
}

function Get-Sid([string] $Name) {
  (New-Object Security.Principal.NTAccount($Name)).Translate([Security.Principal.SecurityIdentifier]).Value
}

function Set-Chords([bool] $On) {
  foreach ($chord in $chords) {
    $key = Get-CimInstance -Namespace $wmi -ClassName WEKF_PredefinedKey -Filter "Id='$chord'" -ErrorAction SilentlyContinue
    if ($null -eq $key) { Write-Warning "This Windows knows no chord $chord"; continue }
    $key.Enabled = $On
    Set-CimInstance -InputObject $key
  }
}

function Set-AccessibilityChords {
  # Of whoever signs in for the first time; the account below has not yet.
  reg.exe load 'HKU\LobbyKiosk' (Join-Path $env:SystemDrive '\Users\Default\NTUSER.DAT') | Out-Null
  try {
    Set-Value 'Registry::HKEY_USERS\LobbyKiosk\Control Panel\Accessibility\StickyKeys' 'Flags' '506' 'String'
    Set-Value 'Registry::HKEY_USERS\LobbyKiosk\Control Panel\Accessibility\ToggleKeys' 'Flags' '58' 'String'
    Set-Value 'Registry::HKEY_USERS\LobbyKiosk\Control Panel\Accessibility\Keyboard Response' 'Flags' '122' 'String'
    Set-Value 'Registry::HKEY_USERS\LobbyKiosk\Control Panel\Accessibility\HighContrast' 'Flags' '4218' 'String'
  } finally {
    [gc]::Collect()
    reg.exe unload 'HKU\LobbyKiosk' | Out-Null
  }
}

function New-KioskAccount {
  $letters = [char[]] (48..57 + 65..90 + 97..122)
  $random = [Security.Cryptography.RandomNumberGenerator]::Create()
  $bytes = New-Object byte[] 32
  $random.GetBytes($bytes)
  # Nobody ever types it; the last four satisfy any rule on passwords.
  $password = (-join ($bytes | ForEach-Object { $letters[$_ % $letters.Length] })) + 'aA1!'
  $secret = ConvertTo-SecureString $password -AsPlainText -Force
  if (Get-LocalUser -Name $Account -ErrorAction SilentlyContinue) { Set-LocalUser -Name $Account -Password $secret }
  else { New-LocalUser -Name $Account -Password $secret -PasswordNeverExpires -UserMayNotChangePassword -AccountNeverExpires | Out-Null }
  Set-Value $winlogon 'AutoAdminLogon' '1' 'String'
  Set-Value $winlogon 'DefaultUserName' $Account 'String'
  Set-Value $winlogon 'DefaultDomainName' $env:COMPUTERNAME 'String'
  Set-Value $winlogon 'DefaultPassword' $password 'String'
  # Holding Shift while starting signs somebody else in otherwise.
  Set-Value $winlogon 'IgnoreShiftOverride' '1' 'String'
  Set-Value $winlogon 'ForceAutoLogon' '1' 'String'
}

function Set-Shell {
  $launcher = Get-CimClass -Namespace $wmi -ClassName WESL_UserSetting
  $restartShell = 0
  # Administrators keep the desktop: they sign in by Ctrl+Alt+Del from another machine, or in safe mode.
  Invoke-CimMethod -CimClass $launcher -MethodName SetDefaultShell -Arguments @{ Shell = 'explorer.exe'; DefaultAction = [int] $restartShell } | Out-Null
  $command = '"{0}" --state "{1}\state" --prints "{1}\prints"' -f (Resolve-Path $Program).Path, $Data
  Invoke-CimMethod -CimClass $launcher -MethodName SetCustomShell -Arguments @{
    Sid = Get-Sid $Account; Shell = $command; CustomReturnCodes = @(); CustomReturnCodesAction = @(); DefaultAction = [int] $restartShell
  } | Out-Null
  Invoke-CimMethod -CimClass $launcher -MethodName SetEnabled -Arguments @{ Enabled = $true } | Out-Null
}

function New-DataFolder {
  New-Item -ItemType Directory -Force -Path "$Data\state", "$Data\prints" | Out-Null
  # Administrators and the system, and the account; nobody else.
  icacls.exe $Data /inheritance:r /grant '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-18:(OI)(CI)F' "${Account}:(OI)(CI)M" | Out-Null
}

function Set-Watchdog {
  $script = Join-Path $PSScriptRoot 'watchdog.ps1'
  $words = '-NoProfile -NonInteractive -ExecutionPolicy Bypass -File "{0}" -Alive "{1}\state\alive"' -f $script, $Data
  $action = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument $words
  $trigger = New-ScheduledTaskTrigger -Once -At (Get-Date).AddMinutes(3) -RepetitionInterval (New-TimeSpan -Minutes 1)
  $settings = New-ScheduledTaskSettingsSet -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Minutes 1) -StartWhenAvailable
  Register-ScheduledTask -TaskName $task -Action $action -Trigger $trigger -Settings $settings -User 'SYSTEM' -RunLevel Highest -Force | Out-Null
}

if ($Undo) {
  try {
    $launcher = Get-CimClass -Namespace $wmi -ClassName WESL_UserSetting
    Invoke-CimMethod -CimClass $launcher -MethodName SetEnabled -Arguments @{ Enabled = $false } | Out-Null
    Set-Chords $false
  } catch { Write-Warning $_ }
  Unregister-ScheduledTask -TaskName $task -Confirm:$false -ErrorAction SilentlyContinue
  foreach ($policy in $policies) { Remove-ItemProperty -Path $policy[0] -Name $policy[1] -ErrorAction SilentlyContinue }
  foreach ($name in 'AutoAdminLogon', 'DefaultPassword', 'IgnoreShiftOverride', 'ForceAutoLogon') {
    Remove-ItemProperty -Path $winlogon -Name $name -ErrorAction SilentlyContinue
  }
  Disable-LocalUser -Name $Account -ErrorAction SilentlyContinue
  Write-Output "This machine is an ordinary one again after a restart. What the kiosk kept is still in $Data."
  exit 0
}

if (-not (Test-Path $Program)) { throw "The kiosk is not at $Program. Install it first, or name it: -Program PATH" }
foreach ($feature in 'Client-EmbeddedShellLauncher', 'Client-KeyboardFilter') {
  Enable-WindowsOptionalFeature -Online -FeatureName $feature -All -NoRestart -WarningAction SilentlyContinue | Out-Null
}
if (-not (Get-CimClass -Namespace $wmi -ClassName WEKF_PredefinedKey -ErrorAction SilentlyContinue)) {
  Write-Output 'Shell Launcher and Keyboard Filter are switched on. Restart, then run this script once more.'
  exit 0
}
Set-AccessibilityChords
New-KioskAccount
New-DataFolder
Set-Shell
Set-Chords $true
$exempt = Get-CimInstance -Namespace $wmi -ClassName WEKF_Settings -Filter "Name='DisableKeyboardFilterForAdministrators'"
$exempt.Value = 'true'
Set-CimInstance -InputObject $exempt
foreach ($policy in $policies) { Set-Value $policy[0] $policy[1] $policy[2] }
foreach ($words in '/change monitor-timeout-ac 0', '/change standby-timeout-ac 0', '/change hibernate-timeout-ac 0') {
  Start-Process powercfg.exe -ArgumentList $words -NoNewWindow -Wait
}
Set-Watchdog
Write-Output 'Done. Restart this machine: it comes up as the kiosk.'
