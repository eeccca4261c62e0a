/**
 * PEM texts and files, and what TLS needs of them. {@code DxlClient} loads {@link
 * io.github.dxlcdi.client.tls.TlsCredentials} and hands them to the connection, which makes a context on the event loop.
 * Contents of keys never reach a message or a log.
 */
package io.github.dxlcdi.client.tls;
