package dev.amphi.composer.slides;

import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.api.InkSheet.Stroke;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.lettering.YuvImage;
import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Strokes as antialiased pixels of one size. Those that are done are drawn once; the few that grow
 * are drawn again over a copy each time, until something is taken away and all begins anew.
 */
final class InkRaster {
  /** Of the picture's width; as in the pages. */
  private static final double WIDTH = 0.0068;

  private static final double THINNEST = 2.5;

  /** A hair of darkness around it, so that ink is seen on any picture. */
  private static final Color EDGE = new Color(8, 11, 18, 115);

  private final int width;
  private final int height;
  private final BufferedImage settled;
  private final BufferedImage all;
  private final Set<Stroke> drawn = new LinkedHashSet<>();
  private Rectangle extent = new Rectangle();
  private Rectangle settledExtent = new Rectangle();
  private long losses = -1;

  InkRaster(int width, int height) {
    this.width = width;
    this.height = height;
    this.settled = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    this.all = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
  }

  /** Draws what is new. */
  void draw(InkSheet sheet) {
    if (losses != sheet.losses()) {
      losses = sheet.losses();
      drawn.clear();
      settledExtent = new Rectangle();
      clear(settled);
    }
    List<Stroke> growing = new ArrayList<>();
    List<Stroke> whole = new ArrayList<>();
    for (Stroke stroke : sheet.strokes()) {
      if (!stroke.done()) {
        growing.add(stroke);
      } else if (drawn.add(stroke)) {
        whole.add(stroke);
      }
    }
    settledExtent = settledExtent.union(paint(settled, whole));
    int[] from = pixels(settled);
    System.arraycopy(from, 0, pixels(all), 0, from.length);
    extent = settledExtent.union(paint(all, growing));
    extent = extent.intersection(new Rectangle(0, 0, width, height));
  }

  private static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  private static void clear(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setComposite(AlphaComposite.Clear);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.dispose();
  }

  /** Returns where something changed. */
  private Rectangle paint(BufferedImage image, List<Stroke> strokes) {
    Rectangle where = new Rectangle();
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    double line = Math.max(THINNEST, WIDTH * width);
    for (Stroke stroke : strokes) {
      if (stroke.count() > 0) {
        Path2D path = path(stroke);
        line(graphics, path, stroke, line + 2, EDGE);
        line(graphics, path, stroke, line, new Color(stroke.colour()));
        Rectangle bounds = path.getBounds();
        int margin = (int) line + 3;
        bounds.grow(margin, margin);
        where = where.union(bounds);
      }
    }
    graphics.dispose();
    return where;
  }

  private void line(Graphics2D graphics, Path2D path, Stroke stroke, double line, Color colour) {
    graphics.setColor(colour);
    if (stroke.count() == 1) {
      double x = stroke.x(0) * width;
      double y = stroke.y(0) * height;
      graphics.fill(new Ellipse2D.Double(x - line / 2, y - line / 2, line, line));
    } else {
      graphics.setStroke(
          new BasicStroke((float) line, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      graphics.draw(path);
    }
  }

  /** A curve through the middles between the points. */
  private Path2D path(Stroke stroke) {
    Path2D path = new Path2D.Double();
    double x = stroke.x(0) * width;
    double y = stroke.y(0) * height;
    path.moveTo(x, y);
    for (int i = 1; i < stroke.count(); i++) {
      double nextX = stroke.x(i) * width;
      double nextY = stroke.y(i) * height;
      path.quadTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
      x = nextX;
      y = nextY;
    }
    path.lineTo(x, y);
    return path;
  }

  /** Lays all of it over a picture of this size. */
  void blend(PlanarPicture picture) {
    if (extent.isEmpty()) {
      return;
    }
    int left = extent.x & ~1;
    int top = extent.y & ~1;
    int right = Math.min(width & ~1, extent.x + extent.width + 1 & ~1);
    int bottom = Math.min(height & ~1, extent.y + extent.height + 1 & ~1);
    int[] argb = pixels(all);
    ByteBuffer lumas = picture.plane(0);
    ByteBuffer cbs = picture.plane(1);
    ByteBuffer crs = picture.plane(2);
    for (int y = top; y < bottom; y += 2) {
      for (int x = left; x < right; x += 2) {
        int at = y * width + x;
        int a = argb[at];
        int b = argb[at + 1];
        int c = argb[at + width];
        int d = argb[at + width + 1];
        if ((a | b | c | d) >>> 24 == 0) {
          continue;
        }
        int to = y * picture.stride(0) + x;
        luma(lumas, to, a);
        luma(lumas, to + 1, b);
        luma(lumas, to + picture.stride(0), c);
        luma(lumas, to + picture.stride(0) + 1, d);
        int half = y / 2 * picture.stride(1) + x / 2;
        chroma(cbs, crs, half, a, b, c, d);
      }
    }
  }

  private static void luma(ByteBuffer plane, int at, int argb) {
    int alpha = argb >>> 24;
    if (alpha != 0) {
      plane.put(at, mixed(YuvImage.luma(argb), plane.get(at) & 0xff, alpha));
    }
  }

  /** The four pixels' colour, each as much as it covers. */
  private static void chroma(ByteBuffer cbs, ByteBuffer crs, int at, int a, int b, int c, int d) {
    int weight = (a >>> 24) + (b >>> 24) + (c >>> 24) + (d >>> 24);
    int red = sum(16, a, b, c, d) / weight;
    int green = sum(8, a, b, c, d) / weight;
    int blue = sum(0, a, b, c, d) / weight;
    int alpha = weight / 4;
    cbs.put(at, mixed(YuvImage.cb(red, green, blue), cbs.get(at) & 0xff, alpha));
    crs.put(at, mixed(YuvImage.cr(red, green, blue), crs.get(at) & 0xff, alpha));
  }

  private static int sum(int shift, int a, int b, int c, int d) {
    return (a >>> 24) * (a >> shift & 0xff)
        + (b >>> 24) * (b >> shift & 0xff)
        + (c >>> 24) * (c >> shift & 0xff)
        + (d >>> 24) * (d >> shift & 0xff);
  }

  private static byte mixed(int over, int under, int alpha) {
    return (byte) ((over * alpha + under * (255 - alpha) + 127) / 255);
  }
}
