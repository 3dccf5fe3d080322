package dev.amphi.composer.slides;

/** How large a page is drawn: as large as it fits, in even pixels, never more than its place. */
record PageBox(int width, int height) {
  /**
   * Fits a page into a canvas, or into a tile.
   *
   * @param pageWidth in any unit; what is not a positive number counts as a square page
   * @param mostWidth pixels, even
   * @param mostHeight pixels, even
   */
  static PageBox fit(double pageWidth, double pageHeight, int mostWidth, int mostHeight) {
    boolean sane = pageWidth > 0 && pageHeight > 0 && pageWidth < 1e9 && pageHeight < 1e9;
    double w = sane ? pageWidth : 1;
    double h = sane ? pageHeight : 1;
    double scale = Math.min(mostWidth / w, mostHeight / h);
    return new PageBox(even(w * scale, mostWidth), even(h * scale, mostHeight));
  }

  private static int even(double size, int most) {
    return Math.clamp(2 * Math.round(size / 2), 2, most);
  }
}
