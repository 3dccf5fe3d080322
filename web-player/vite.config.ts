import { defineConfig } from 'vite';

/** Four pages, one bundle graph; the node serves `dist` as it is. */
export default defineConfig({
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rollupOptions: { input: ['index.html', 'studio.html', 'watch.html', 'recording.html'] },
  },
});
