package dev.amphi.server.config;

import java.util.List;

/** A configuration that cannot be used: one sentence for each thing that is wrong. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  // Exceptions are serializable, and a List in general is not.
  private final String[] sentences;

  /** Each sentence names the key, the value found and what to do. */
  public ConfigException(List<String> sentences) {
    super(String.join("\n", sentences));
    this.sentences = sentences.toArray(String[]::new);
  }

  /** What is wrong, in the order found. */
  public List<String> sentences() {
    return List.of(sentences);
  }
}
