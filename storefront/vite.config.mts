import path from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: path.join(import.meta.dirname, '..', 'dist', 'storefront'),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no `data:` pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The operators' numbers have charts in them, and are loaded by operators alone.
    chunkSizeWarningLimit: 550,
    rollupOptions: { input: ['index.html', 'api-docs.html'].map((page) => path.join(import.meta.dirname, page)) },
  },
});
