import { columnWidth } from '../../issue.ts';

type Attributes = Readonly<Record<string, string>>;

/** Where pages that load pictures late keep the address; what is in `src` meanwhile is a placeholder. */
const lateNames =
  `data-src data-original data-actualsrc data-lazy-src data-lazy data-lazyload data-lazy-load data-original-src data-real-src data-echo
  data-hi-res-src data-croporisrc data-imgsrc data-delayed-url data-orig-file data-img-src data-image-src data-url original-src lazy-src _src`.split(
    /\s+/,
  );

/** The address of the picture that a reader of the page sees in the end; empty when there is none. */
export function pictureAddress(attributes: Attributes): string {
  const { src = '', srcset = '', 'data-srcset': lateSet = '', 'data-lazy-srcset': lazySet = '' } = attributes;
  const late = lateNames
    .map((name) => attributes[name]?.trim() ?? '')
    .find((value) => /^(?!data:|[[{])[^\s./]*[./]\S*$/i.test(value.slice(0, 300)));
  if (late) return late;
  const isPlaceholder = src.trim() === '' || /^\s*data:image\/(?:gif|svg)/i.test(src) || lateSet !== '' || lazySet !== '';
  return (isPlaceholder ? fromSet(lateSet || lazySet || srcset) : '') || src;
}

/** Of several sizes the plain one, or the smallest that is sharp in a mail. */
function fromSet(set: string): string {
  const candidates = set
    .slice(0, 10_000)
    .split(/,\s+|,(?=https?:|\/)/)
    .map((candidate) => {
      const [address = '', size = '1x'] = candidate.trim().split(/\s+/);
      return { address, size: Number.parseFloat(size) || 1, isWidth: size.endsWith('w') };
    })
    .filter(({ address }) => address !== '' && !/^data:/i.test(address))
    .sort((a, b) => a.size - b.size);
  const wideEnough = candidates.find(({ size, isWidth }) => isWidth && size >= 2 * columnWidth);
  return (wideEnough ?? (candidates[0]?.isWidth ? candidates.at(-1) : candidates[0]))?.address ?? '';
}

const saidWidth = /(?:^|[;\s])width\s*:\s*([\d.]{1,8}(?:px|%))/i;
const saidHeight = /(?:^|[;\s])height\s*:\s*([\d.]{1,8}(?:px|%))/i;

/** The width and height that the source wants, in pixels; a share is one of the mail's column. */
export function pictureSize({ width = '', height = '', style = '' }: Attributes): { width?: string; height?: string } {
  const [wide, tall] = [pixels(saidWidth.exec(style)?.[1] ?? width, true), pixels(saidHeight.exec(style)?.[1] ?? height, false)];
  return { ...(wide && { width: wide }), ...(tall && { height: tall }) };
}

function pixels(written: string, isOfColumn: boolean): string | undefined {
  const [, number = '', unit] = /^(\d{1,4}(?:\.\d{1,4})?)(?:\s*(px|%))?$/i.exec(written.slice(0, 20).trim()) ?? [];
  if (unit === '%' && !isOfColumn) return undefined;
  const value = Math.round(unit === '%' ? (Number(number) * columnWidth) / 100 : Number(number));
  return value > 0 && value < 10_000 ? String(value) : undefined;
}

/** Nobody sees a picture of a pixel: it counts readers. */
export function isTracker(attributes: Attributes): boolean {
  const { width, height } = pictureSize(attributes);
  return width !== undefined && height !== undefined && Number(width) <= 2 && Number(height) <= 2;
}

/** Words that say what a picture shows; not its file's name, nor what an editor's program puts in their place. */
export const describes = (alt: string) =>
  alt.length > 1 &&
  !/^(?:image|img|picture|photo|screenshot|cover|banner|图片|圖片|插图|图像|封面|在这里插入图片描述|[\w-]{0,80}\.(?:png|jpe?g|gif|webp))(?:[\s_-]?\d{0,4})?$/i.test(
    alt.slice(0, 100),
  );
