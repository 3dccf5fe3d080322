/** REST, pages and operations over HTTP. */
@NullMarked
package dev.amphi.server.web;

import org.jspecify.annotations.NullMarked;
