import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** `npm run dev:web` asks this server; `touchstone serve` runs there. */
const server = process.env["TOUCHSTONE_SERVER"] ?? "http://127.0.0.1:4600";
const toServer = { target: server, changeOrigin: false };

export default defineConfig({
  root: folder,
  plugins: [react(), preloadFont()],
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
        // a hundred small files pack badly: what is needed together comes together, and no more of it
        codeSplitting: {
          groups: [
            // before any screen
            { name: "base", tags: ["$initial"], test: (id) => !/(?:main\.tsx|\.html)$/.test(id) },
            // what most screens begin with
            {
              name: "screens",
              test: /@mantine\/(?:hooks|core\/esm\/(?:core|utils\/(?!Floating)|components\/(?:Anchor|Checkbox|FloatingIndicator|Inline|Input|Paper|Progress|SegmentedControl|TextInput|Textarea|Title)))|@tabler\/|web\/(?:ui|lib)\/(?!account-picker|pop-|scroll)[^/]+$/,
              minShareCount: 4,
            },
            // what somebody opens
            {
              name: "pop-ups",
              test: /@floating-ui|@mantine\/core\/esm\/components\/(?:Menu|Popover)\/|web\/ui\/pop-[a-z]+-inner/,
            },
            {
              name: "dialogs",
              test: /react-remove-scroll|@mantine\/core\/esm\/components\/(?:Drawer|Modal|ModalBase|ScrollArea)\//,
            },
            {
              name: "choices",
              test: /@mantine\/core\/esm\/components\/(?:Combobox|Select)\//,
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

/** The letters of the first picture are fetched with the styles, not after them. */
function preloadFont(): Plugin {
  return {
    name: "preload-font",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle }) => {
        const font = Object.keys(bundle ?? {}).find((file) =>
          /inter-latin-wght-normal.*\.woff2$/.test(file),
        );
        if (font === undefined) return [];
        const attrs = { rel: "preload", as: "font", type: "font/woff2", href: `/${font}` };
        return [{ tag: "link", attrs: { ...attrs, crossorigin: "" }, injectTo: "head" }];
      },
    },
  };
}
