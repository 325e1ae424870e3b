import { contextBridge, ipcRenderer } from 'electron'
import { type Envelope, isCallName } from '../data/contract.ts'
import { ipcChannel } from './ipc-channel.ts'

const unknownCall: Envelope = {
  ok: false,
  error: { code: 'unknown-call', message: 'There is no such call' },
}

contextBridge.exposeInMainWorld('kiosk', {
  /** One call of the contract; the reply is an envelope. Other names do not leave the page. */
  call: async (name: unknown, args: unknown): Promise<unknown> =>
    isCallName(name) ? ipcRenderer.invoke(ipcChannel, name, args) : unknownCall,
})
