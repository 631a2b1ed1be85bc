// The engine as the build packs it.

export const WASM: string;
