/** Samples become parts and segments; immutable snapshots of what is listed. */
@NullMarked
package dev.amphi.packager.segment;

import org.jspecify.annotations.NullMarked;
