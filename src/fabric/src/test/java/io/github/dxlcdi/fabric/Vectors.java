package io.github.dxlcdi.fabric;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;

/** Message bodies from the test resources, some of them captured at DXL's own broker. */
public final class Vectors {
    private Vectors() {}

    public static byte[] read(String name) throws IOException {
        try (InputStream in = Vectors.class.getResourceAsStream("/" + name + ".hex")) {
            return HexFormat.of().parseHex(new String(in.readAllBytes(), US_ASCII).trim());
        }
    }
}
