/** The commands that a person types. */
@NullMarked
package dev.amphi.server.cli;

import org.jspecify.annotations.NullMarked;
