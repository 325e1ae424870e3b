<#
  Ends a kiosk that shows no sign of life; Shell Launcher then starts it again. Run each minute by the task that
  lock-down.ps1 sets up. -Alive: the file that the kiosk writes every few seconds while its screen lives.
#>
param(
  [Parameter(Mandatory)] [string] $Alive,
  [int] $Seconds = 90
)
$kiosk = Get-Process -Name 'Lobby Kiosk' -ErrorAction SilentlyContinue
if ($null -eq $kiosk) { exit 0 }
$started = ($kiosk | Sort-Object StartTime | Select-Object -First 1).StartTime
# A cold start takes its time.
if (((Get-Date) - $started).TotalSeconds -lt 180) { exit 0 }
$last = if (Test-Path $Alive) { (Get-Item $Alive).LastWriteTime } else { $started }
if (((Get-Date) - $last).TotalSeconds -gt $Seconds) { $kiosk | Stop-Process -Force }
