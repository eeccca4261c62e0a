package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.resilience.MemoryShortage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Connects again, unless somebody has disconnected meanwhile; the default. */
public class ReconnectDisconnectedStrategy implements DisconnectedStrategy {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.connection");

    @Override
    public void onDisconnect(DxlClient client) {
        try {
            client.resume();
        } catch (DxlException e) {
            if (MemoryShortage.isBehind(e)) {
                // Then this is called again.
                throw new OutOfMemoryError(e.getMessage());
            }
            LOG.log(Level.DEBUG, "DXL0205 The client does not connect again: {0}", e.getMessage());
        }
    }
}
