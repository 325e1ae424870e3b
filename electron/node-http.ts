/**
 * What of node:http is called. Imported, the module would load a whole fetch client besides, only to name it among
 * its exports: some 50 ms of a bare Node's start, too little to be seen in a whole kiosk's.
 */
export const { createServer, request } = process.getBuiltinModule('node:http')
