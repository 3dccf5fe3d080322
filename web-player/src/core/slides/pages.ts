/** The page of slides that the class looks at; the wire's `slides` in `room`. */
export interface SlidesUp {
  readonly deck: string;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** Of the file. */
  readonly name: string;
  /** The page's own, or "". */
  readonly title: string;
  readonly width: number;
  readonly height: number;
}

/** What the server takes. */
const LARGEST_PDF = 50 * 1024 * 1024;

/** The page after a step from another; null where there is none. */
export function turned(from: number, step: number, pages: number): number | null {
  const page = Math.min(pages, Math.max(1, from + step));
  return page === from ? null : page;
}

/** By how many pages a key turns; 0 for any other key. */
export function stepOf(key: string): number {
  switch (key) {
    case 'ArrowRight':
    case 'PageDown':
      return 1;
    case 'ArrowLeft':
    case 'PageUp':
      return -1;
    default:
      return 0;
  }
}

/** What is wrong with a file before it is sent, in words; "" when nothing is. */
export function wrongWith(file: {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}): string {
  if (file.type !== 'application/pdf' && !/\.pdf$/i.test(file.name)) {
    return `“${file.name}” is not a PDF: export the slides as PDF, and drop that.`;
  }
  if (file.size > LARGEST_PDF) {
    const size = Math.ceil(file.size / 1_000_000);
    return `This PDF has ${size} MB: at most 50 MB are taken. Make its pictures smaller.`;
  }
  return '';
}

/** “Lenses”, or where a page has no title “Slide 3”. */
export function titleOf({ page, title }: SlidesUp): string {
  return title || `Slide ${page}`;
}
