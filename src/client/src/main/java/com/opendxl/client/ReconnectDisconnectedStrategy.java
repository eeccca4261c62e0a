package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Connects again; the default. */
public class ReconnectDisconnectedStrategy implements DisconnectedStrategy {
    private static final Logger LOG = System.getLogger(ReconnectDisconnectedStrategy.class.getName());

    @Override
    public void onDisconnect(DxlClient client) {
        try {
            client.reconnect();
        } catch (DxlException e) {
            LOG.log(Level.DEBUG, "DXL0205 The client does not connect again: {0}", e.getMessage());
        }
    }
}
