package io.github.dxlcdi.lifecycle;

/**
 * Which beans the application brings itself; they take the place of ours.
 *
 * @param client it has a bean of type {@code DxlClient}, which it closes itself
 * @param clientConfig it has a bean of type {@code DxlClientConfig}
 */
public record OwnBeans(boolean client, boolean clientConfig) {}
