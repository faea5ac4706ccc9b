import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** `npm run dev:web` asks this server; `touchstone serve` runs there. */
const server = process.env["TOUCHSTONE_SERVER"] ?? "http://127.0.0.1:4600";
const toServer = { target: server, changeOrigin: false };

export default defineConfig({
  root: folder,
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("../dist/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // what depends on what is told by the sizes test, not by a warning
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
    // fonts and pictures as files of their own: the page's policy allows nothing inline
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    rolldownOptions: {
      output: {
        // what every screen needs in one file: a hundred small ones pack badly
        codeSplitting: {
          groups: [
            {
              name: "ui",
              test: /node_modules\/(?:@mantine\/(?:core|hooks|notifications)|@floating-ui|react-remove-scroll|@tabler)\/|web\/(?:ui|lib|text)\//,
              minShareCount: 9,
            },
            {
              name: "common",
              test: /node_modules\/(?:react|react-dom|scheduler|i18next|react-i18next|openapi-fetch)\/|node_modules\/@tanstack\/(?!react-virtual|virtual)/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/api": toServer,
      "/signin": toServer,
      "/signout": toServer,
      "/docs": toServer,
      "/openapi.json": toServer,
    },
  },
});
