package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.MalformedBrokerException;
import com.opendxl.client.util.UuidGenerator;
import io.github.dxlcdi.client.spi.GivenText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a broker listens.
 *
 * @param uniqueId the broker's id, opaque; made up when the line has none
 * @param port TCP port, 1 to 65535
 * @param hostName host name or address, IPv6 without brackets
 * @param ipAddress address to try when the name doesn't lead there; empty: none
 * @param webSocket whether it speaks web sockets ({@code wss}) instead of TLS over TCP
 */
public record BrokerAddress(String uniqueId, int port, String hostName, String ipAddress, boolean webSocket) {
    public static final String FIELD_SEPARATOR = ";";
    public static final int DEFAULT_PORT = 8883;

    private static final String WSS = "wss://";
    private static final String SSL = "ssl://";
    private static final String WEB_SOCKET_PATH = "/mqtt";
    private static final Pattern NAME_OR_IPV4 = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");
    private static final int LONGEST_NAME = 253;

    /** What no name has in one of its parts, and a line of base64 has: it would be looked up, and shown. */
    private static final Pattern PIECE_OF_KEY = Pattern.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*\\d).{16,}|.{64,}");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /**
     * Reads {@code id;port;host[;address]}, the same without the id, or a URL {@code [ssl://|wss://]host[:port]}, which
     * may end with a slash, or for web sockets with {@code /mqtt}.
     *
     * @throws MalformedBrokerException naming the line and the part that is wrong
     */
    public static BrokerAddress parse(String line, boolean webSocket) throws MalformedBrokerException {
        if (line == null || line.isBlank()) {
            throw new MalformedBrokerException("A broker's line is empty, expected id;port;host[;address]");
        }
        return line.contains(FIELD_SEPARATOR) ? parseLine(line, webSocket) : parseUrl(line.trim(), webSocket);
    }

    /**
     * As {@link #parse}, but the line may name any number of hosts, as clients in JavaScript allow: what goes beyond one
     * host and one address becomes further addresses of the same broker.
     *
     * @return one or more, in their order
     * @throws MalformedBrokerException naming the line and the part that is wrong
     */
    public static List<BrokerAddress> parseAll(String line, boolean webSocket) throws MalformedBrokerException {
        List<String> parts = List.of(line.split(FIELD_SEPARATOR));
        int most = !parts.isEmpty() && isWithoutId(parts) ? 3 : 4;
        List<String> further = parts.size() > most ? parts.subList(most, parts.size()) : List.of();
        BrokerAddress first =
                parse(further.isEmpty() ? line : String.join(FIELD_SEPARATOR, parts.subList(0, most)), webSocket);
        List<BrokerAddress> all = new ArrayList<>(List.of(first));
        for (String host : further) {
            all.add(new BrokerAddress(first.uniqueId(), first.port(), host(line, host.trim()), "", webSocket));
        }
        return all;
    }

    /**
     * Without those that only lead once more to where an earlier one does. The id alone doesn't tell: a line with many hosts
     * gives several addresses of one broker, and one without an id gets another each time.
     */
    public static List<BrokerAddress> distinct(List<BrokerAddress> brokers) {
        Map<String, BrokerAddress> byPlace = new LinkedHashMap<>();
        for (BrokerAddress broker : brokers) {
            String place = broker.webSocket + " " + broker.port + " " + broker.hosts();
            byPlace.putIfAbsent(place.toLowerCase(Locale.ROOT), broker);
        }
        return List.copyOf(byPlace.values());
    }

    /** The hosts to try, in order. */
    public List<String> hosts() {
        return Stream.of(hostName, ipAddress)
                .filter(host -> !host.isEmpty())
                .distinct()
                .toList();
    }

    /** {@code ssl://host:port}, with IPv6 addresses in brackets. */
    @Override
    public String toString() {
        String host = hostName.contains(":") ? "[" + hostName + "]" : hostName;
        return (webSocket ? WSS : SSL) + host + ":" + port;
    }

    private static BrokerAddress parseLine(String line, boolean webSocket) throws MalformedBrokerException {
        List<String> parts = new ArrayList<>(
                Stream.of(line.split(FIELD_SEPARATOR, -1)).map(String::trim).toList());
        while (parts.size() > 3 && parts.get(parts.size() - 1).isEmpty()) {
            // A separator behind the last part separates it from nothing.
            parts.remove(parts.size() - 1);
        }
        boolean withoutId = isWithoutId(parts);
        int first = withoutId ? 0 : 1;
        int given = parts.size() - first;
        if (given < 2 || given > 3) {
            throw malformed(line, "it has " + parts.size() + " parts");
        }
        String id = withoutId ? UuidGenerator.generateIdAsString() : parts.get(0);
        if (id.isEmpty()) {
            throw malformed(line, "the id is empty");
        }
        String address = given == 3 ? parts.get(first + 2) : "";
        // "null" is what the OpenDXL Java client writes for a missing address.
        address = address.equals("null") ? "" : address;
        return new BrokerAddress(
                id,
                port(line, parts.get(first)),
                host(line, parts.get(first + 1)),
                address.isEmpty() ? "" : host(line, address),
                webSocket);
    }

    private static BrokerAddress parseUrl(String url, boolean webSocket) throws MalformedBrokerException {
        String lower = url.toLowerCase(Locale.ROOT);
        boolean wss = lower.startsWith(WSS) || webSocket;
        String rest = withoutPath(url, wss);
        String host = rest;
        String port = "";
        int colon = rest.lastIndexOf(':');
        if (rest.startsWith("[")) {
            int end = rest.indexOf(']');
            if (end < 0) {
                throw malformed(url, "the bracket is not closed");
            }
            host = rest.substring(0, end + 1);
            port = rest.startsWith(":", end + 1) ? rest.substring(end + 2) : rest.substring(end + 1);
        } else if (colon >= 0 && rest.indexOf(':') == colon) {
            host = rest.substring(0, colon);
            port = rest.substring(colon + 1);
        }
        return new BrokerAddress(
                UuidGenerator.generateIdAsString(),
                colon < 0 || port.isEmpty() ? DEFAULT_PORT : port(url, port),
                host(url, host),
                "",
                wss);
    }

    /** Host and port of a URL. Brokers have one path, and only for web sockets. */
    private static String withoutPath(String url, boolean webSocket) throws MalformedBrokerException {
        int scheme = url.indexOf("://");
        String rest = url.substring(scheme < 0 ? 0 : scheme + "://".length());
        String start = url.substring(0, url.length() - rest.length());
        if (scheme >= 0 && !start.equalsIgnoreCase(SSL) && !start.equalsIgnoreCase(WSS)) {
            throw malformed(url, "it begins with '" + GivenText.shownPart(start, url) + "', expected ssl:// or wss://");
        }
        int slash = rest.indexOf('/');
        String path = slash < 0 ? "/" : rest.substring(slash);
        if (!path.equals("/") && !(webSocket && path.equals(WEB_SOCKET_PATH))) {
            throw malformed(
                    url,
                    "it has the path '" + GivenText.shownPart(path, url) + "', expected none"
                            + (webSocket ? " or " + WEB_SOCKET_PATH : ""));
        }
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    /** Two numbers in front are an id of digits alone and the port: no host is a mere number. */
    private static boolean isWithoutId(List<String> parts) {
        return isNumber(parts.get(0)) && !(parts.size() > 2 && isNumber(parts.get(1)));
    }

    private static boolean isNumber(String part) {
        return NUMBER.matcher(part.trim()).matches();
    }

    private static int port(String line, String text) throws MalformedBrokerException {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw malformed(line, "the port is '" + GivenText.shownPart(text, line) + "', expected 1 to 65535");
    }

    /** A host name or address, IPv6 without its brackets; empty: the text is neither. */
    static Optional<String> host(String text) {
        String host = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        boolean named = NAME_OR_IPV4.matcher(host).matches()
                && host.length() <= LONGEST_NAME
                && Stream.of(host.split("\\."))
                        .noneMatch(label -> PIECE_OF_KEY.matcher(label).matches());
        return named || IPV6.matcher(host).matches() ? Optional.of(host) : Optional.empty();
    }

    private static String host(String line, String text) throws MalformedBrokerException {
        return host(text)
                .orElseThrow(
                        () -> malformed(line, "'" + GivenText.shownPart(text, line) + "' is no host name or address"));
    }

    private static MalformedBrokerException malformed(String line, String why) {
        return new MalformedBrokerException("The broker's line '" + GivenText.shown(line) + "' can't be read: " + why
                + "; expected id;port;host[;address] or ssl://host:port");
    }
}
