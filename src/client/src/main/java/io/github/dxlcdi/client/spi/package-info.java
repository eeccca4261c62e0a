/**
 * What this client offers beyond the API of the OpenDXL Java client, as small interfaces: modules above it find them by
 * {@code instanceof} and do with less where they are missing; and how texts of a user are read and shown. The extension
 * for CDI and the embedded fabric use it; applications have no need to. Nothing here names a class of another package.
 */
package io.github.dxlcdi.client.spi;
