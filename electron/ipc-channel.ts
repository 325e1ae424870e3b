/** The one channel calls go over between preload and main. */
export const ipcChannel = 'kiosk:call'
