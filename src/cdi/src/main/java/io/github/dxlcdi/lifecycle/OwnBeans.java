package io.github.dxlcdi.lifecycle;

/**
 * What we have to know of the application's beans.
 *
 * @param client one is a {@code DxlClient}, which takes the place of ours and which the application closes itself
 * @param clientConfig one is a {@code DxlClientConfig}, which takes the place of what is configured
 * @param requestContextNeeded one is request scoped, or observes how request contexts begin and end
 */
public record OwnBeans(boolean client, boolean clientConfig, boolean requestContextNeeded) {}
