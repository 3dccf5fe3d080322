/**
 * What the stage offers and the ports it needs; the only package that the server sees besides web.
 */
@NullMarked
package dev.amphi.interactive.api;

import org.jspecify.annotations.NullMarked;
