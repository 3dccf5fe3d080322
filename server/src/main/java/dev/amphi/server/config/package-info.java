/** What the operator sets: flags, environment and YAML become one checked {@code ServerConfig}. */
@NullMarked
package dev.amphi.server.config;

import org.jspecify.annotations.NullMarked;
