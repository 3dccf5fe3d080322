/** Where media stays while it is listed. */
@NullMarked
package dev.amphi.packager.store;

import org.jspecify.annotations.NullMarked;
