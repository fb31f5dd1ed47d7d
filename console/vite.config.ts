import path from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: path.join(__dirname, 'page'),
  base: './',
  publicDir: false,
  build: { outDir: path.join(__dirname, '..', 'dist', 'console'), emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
