/** Joins the parts: one broadcast per room, its recording and its waiters. */
@NullMarked
package dev.amphi.packager.node;

import org.jspecify.annotations.NullMarked;
