import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** Forbids a folder's sources to import from the named others: imports point only into data/. */
const mayNotImport = (files, folders, extra = []) => ({
  files,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: folders.flatMap((folder) => [`**/${folder}/**`, `@/${folder}/**`]),
            message: 'Imports point only into data/: renderer → data ← electron.',
          },
          ...extra,
        ],
      },
    ],
  },
})

const onlyElectronFiles = {
  group: ['electron', 'electron/*'],
  message: "Only main, window, ipc and preload may import 'electron'.",
}

const onlyItsTypes = {
  group: ['node:http'],
  importNames: ['createServer', 'request', 'get', 'Agent', 'Server'],
  message: 'Imported, node:http loads a fetch client: take it from node-http.ts.',
}

export default tseslint.config(
  { ignores: ['dist/', 'release/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  ...tseslint.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/no-static-inline-styles': 'error',
      'vue/no-v-html': 'error',
    },
  },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // An import of types alone would still load the module.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['build/**', 'tests/**', 'electron/browser-host.ts'], rules: { 'no-console': 'off' } },
  mayNotImport(
    ['data/**/*.ts'],
    ['electron', 'renderer', 'build', 'tests'],
    [
      {
        group: ['node:*', 'fs', 'path', 'crypto', 'vue', 'vue-*', 'pinia'],
        message: 'data/ is pure TypeScript.',
      },
      onlyElectronFiles,
    ],
  ),
  mayNotImport(
    ['renderer/**/*.{ts,vue}'],
    ['electron', 'build', 'tests'],
    [{ group: ['node:*'], message: 'The renderer has no Node.' }, onlyElectronFiles],
  ),
  mayNotImport(['electron/**/*.ts'], ['renderer', 'build', 'tests'], [onlyElectronFiles, onlyItsTypes]),
  mayNotImport(['electron/{main,window,ipc,preload}.ts'], ['renderer', 'build', 'tests']),
  prettier,
)
