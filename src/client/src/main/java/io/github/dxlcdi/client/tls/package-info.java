/**
 * PEM texts and files, and what TLS needs of them. {@code DxlClientConfig} loads {@link
 * io.github.dxlcdi.client.tls.TlsCredentials}, and the connection makes a context of them on the event loop.
 * Contents of keys never reach a message or a log.
 */
package io.github.dxlcdi.client.tls;
