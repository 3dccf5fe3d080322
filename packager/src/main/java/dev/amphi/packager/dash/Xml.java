package dev.amphi.packager.dash;

/** Writes elements with indentation; content is attributes only. */
final class Xml {
  private final StringBuilder out = new StringBuilder(4096);
  private int depth;
  private boolean open;

  Xml() {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  }

  /** Begins an element; ended by {@link #end}. */
  Xml begin(String name) {
    close(">\n");
    out.append("  ".repeat(depth++)).append('<').append(name);
    open = true;
    return this;
  }

  /** An attribute of the element that was begun last. */
  Xml with(String name, Object value) {
    out.append(' ').append(name).append("=\"").append(escape(value.toString())).append('"');
    return this;
  }

  /** Ends an element. */
  Xml end(String name) {
    depth--;
    if (open) {
      close("/>\n");
    } else {
      out.append("  ".repeat(depth)).append("</").append(name).append(">\n");
    }
    return this;
  }

  private void close(String with) {
    if (open) {
      out.append(with);
      open = false;
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
