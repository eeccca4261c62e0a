/**
 * What a user writes down about a fabric: broker lines and the file {@code dxlclient.config}. {@code DxlClientConfig} and
 * {@code Broker} call it. It opens no certificate and no connection.
 */
package io.github.dxlcdi.client.config;
