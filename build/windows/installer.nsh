; What was locked down is unlocked before the program goes.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    nsExec::ExecToLog 'powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "$INSTDIR\resources\windows\lock-down.ps1" -Undo'
    Pop $0
  ${endIf}
!macroend
