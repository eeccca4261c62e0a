/**
 * Certificates, keys and key stores, given as text or as files, what TLS needs of them, and when they end. {@code
 * DxlClientConfig} loads a {@link io.github.dxlcdi.client.tls.CredentialSource}, and the connection makes a context of it on
 * the event loop and has changed files read again elsewhere. Contents of keys never reach a message or a log.
 */
package io.github.dxlcdi.client.tls;
