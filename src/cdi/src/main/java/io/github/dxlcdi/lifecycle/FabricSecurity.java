package io.github.dxlcdi.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * How the connection to the fabric is protected.
 *
 * @param tls version, cipher suite and provider, when connected
 * @param forwardSecrecy whether what passes stays secret when the broker's key becomes known one day
 * @param hostNameChecked whether the broker's certificate must name its host; its authority is checked always
 * @param certificateExpires when the client's certificate ends
 * @param authorityExpires when the first certificate of the fabric's authorities ends
 */
public record FabricSecurity(
        Optional<String> tls,
        boolean forwardSecrecy,
        boolean hostNameChecked,
        Instant certificateExpires,
        Instant authorityExpires) {}
