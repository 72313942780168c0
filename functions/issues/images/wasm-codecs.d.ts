/** The parts of libvips (wasm-vips) that pictures need; the package's own types are not where TypeScript looks for them. */
declare module 'wasm-vips' {
  export type VipsImage = {
    readonly width: number;
    readonly height: number;
    readonly bands: number;
    readonly interpretation: string | number;
    hasAlpha(): boolean;
    getTypeof(field: string): number;
    getInt(field: string): number;
    avg(): number;
    min(): number;
    extractBand(band: number, options?: { n: number }): VipsImage;
    thumbnailImage(width: number, options: object): VipsImage;
    copyMemory(): VipsImage;
    writeToBuffer(format: string, options?: object): Uint8Array;
    delete(): void;
  };
  export type Vips = {
    concurrency(threads: number): void;
    Image: {
      newFromBuffer(bytes: Uint8Array, options: string, more?: object): VipsImage;
      newFromMemory(pixels: Uint8Array, width: number, height: number, bands: number, format: string): VipsImage;
      thumbnailBuffer(bytes: Uint8Array, width: number, options: object): VipsImage;
    };
  };
  export default function start(options: { dynamicLibraries: string[]; print?: () => void; printErr?: () => void }): Promise<Vips>;
}

declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  export type HeifImage = {
    get_width(): number;
    get_height(): number;
    display(target: HeifPixels, done: (pixels: HeifPixels | null) => void): void;
    free(): void;
  };
  export type HeifPixels = { data: Uint8ClampedArray; width: number; height: number };
  export type Libheif = { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };
  export default function start(): Promise<Libheif> | Libheif;
}
