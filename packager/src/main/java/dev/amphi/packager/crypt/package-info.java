/** The JDK's cryptography as recordings need it; nothing else imports it for them. */
@NullMarked
package dev.amphi.packager.crypt;

import org.jspecify.annotations.NullMarked;
