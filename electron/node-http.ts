/**
 * What of node:http is called. Imported, the module would load a whole fetch client besides, only to name it among
 * its exports: 50 ms before the window can start.
 */
export const { createServer, request } = process.getBuiltinModule('node:http')
