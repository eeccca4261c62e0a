/**
 * A throw-away certificate authority: keys, certificates and their PEM text, made in memory and gone with the JVM. The
 * fabric calls it when it starts, on threads of its own or the caller's. It never reads a file, trusts nobody else's
 * certificate and knows no broker.
 */
package io.github.dxlcdi.fabric.pki;
