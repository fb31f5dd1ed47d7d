import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [standaloneScripts()],
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

type Bundle = Rolldown.OutputBundle;

/**
 * Writes what has to stand alone beside the pages, under names that stay: the service worker, which is told the
 * release and its files, and `opening.js`, which comes to help where the others do not come.
 */
function standaloneScripts(): Plugin {
  return {
    name: 'standalone-scripts',
    apply: 'build',
    async writeBundle({ dir = '.' }, bundle) {
      const html = await readFile(path.join(dir, 'index.html'), 'utf8');
      const files = ['/', '/config.json', ...new Set([...referredTo(html), ...lazyFiles(bundle)])];
      const release = createHash('sha256').update(html).update(files.join('\n')).digest('hex').slice(0, 12);
      await build({
        entryPoints: { 'service-worker': path.join(import.meta.dirname, 'offline', 'worker.ts'), opening: path.join(import.meta.dirname, 'opening.ts') },
        outdir: dir,
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        define: { RELEASE: JSON.stringify(release), FILES: JSON.stringify(files) },
      });
    },
  };
}

const referredTo = (html: string): string[] => [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].flatMap(([, address]) => address ?? []);

/** What the shop's pages load once they are opened. The operators' are not among them: who needs those is online. */
function lazyFiles(bundle: Bundle): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    const chunk = bundle[file];
    if (found.has(file) || chunk?.type !== 'chunk' || isOfOperators(chunk)) return;
    found.add(file);
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next);
  };
  for (const [file, chunk] of Object.entries(bundle)) if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('index.html')) visit(file);
  return [...found].flatMap((file) => [file, ...stylesOf(bundle[file])]).map((file) => `/${file}`);
}

const isOfOperators = ({ facadeModuleId }: Rolldown.OutputChunk): boolean => facadeModuleId?.includes('/operators/') ?? false;

const stylesOf = (chunk: Bundle[string] | undefined): string[] => (chunk?.type === 'chunk' ? [...(chunk.viteMetadata?.importedCss ?? [])] : []);
