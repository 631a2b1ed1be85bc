// Where the app is and where its backend is; not a word about the package.

const root = process.env.MATRIX_FOLDER;

export default {
  turbopack: { root },
  outputFileTracingRoot: root,
  rewrites: () => [{ source: "/desk/:path*", destination: `${process.env.SITE_URL}/desk/:path*` }],
};
