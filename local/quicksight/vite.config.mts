import path from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: path.join(import.meta.dirname, 'page'),
  base: './',
  publicDir: false,
  build: {
    outDir: path.join(import.meta.dirname, '..', '..', 'dist', 'dashboards'),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no `data:` pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // ECharts, of which only the parts that are drawn are taken.
    chunkSizeWarningLimit: 900,
  },
});
