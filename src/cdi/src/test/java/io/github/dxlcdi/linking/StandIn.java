package io.github.dxlcdi.linking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sources of classes that do nothing and have the public API of the OpenDXL Java client, made from the list of it. They
 * replace that client where its JAR is not available.
 */
final class StandIn {
    private static final Path LIST = Path.of("../client/src/test/resources/opendxl-java-api.txt");
    private static final Pattern MEMBER = Pattern.compile("(.*?)(\\w+)\\((.*)\\)(.*)");
    private static final List<String> IMPORTS = Stream.of(
                    "java.io.IOException",
                    "java.security.KeyStore",
                    "java.util.*",
                    "java.util.concurrent.Future",
                    "java.util.concurrent.ExecutionException",
                    "java.util.concurrent.ExecutorService",
                    "java.util.concurrent.ThreadPoolExecutor",
                    "javax.net.ssl.SSLSocketFactory")
            .map(name -> "import " + name + ";")
            .toList();
    /** What tests need the other client to do: it reads a broker's line of three or four parts, and no URL. */
    private static final Map<String, String> BODIES = Map.of("Broker.parse", """
            if (p0.split(";").length < 3) {
                throw new MalformedBrokerException(p0);
            }
            return new Broker();""");

    private static final Map<String, String> VALUES = Map.of(
            "void", "",
            "boolean", "return false;",
            "byte", "return 0;",
            "int", "return 0;",
            "long", "return 0;",
            "float", "return 0;",
            "byte[]", "return new byte[0];");

    /** A class of the list. */
    private record Listed(String binaryName, List<String> lines) {
        boolean isNested() {
            return binaryName.contains("$");
        }

        String packageName() {
            return binaryName.substring(0, binaryName.lastIndexOf('.'));
        }

        String name() {
            return binaryName.replaceFirst(".*[.$]", "");
        }

        /** With simple names of types, and an enum as the language writes it. */
        String header() {
            String header = lines.get(0).replaceAll("\\b[a-z]\\w*\\.", "").replaceAll("\\w+\\$", "");
            return header.replaceFirst("final class (\\w+) extends Enum<.*>", "enum $1");
        }

        /** But for those of an enum that the language brings, bridges, and what names a library that is not here. */
        List<String> members() {
            return lines.subList(1, lines.size()).stream()
                    .filter(line -> !line.contains("org.msgpack"))
                    .filter(line -> !isEnum() || !line.contains(" static ") || !line.contains("("))
                    .filter(line -> !line.contains("Object clone()") && !line.contains("compareTo(Object)"))
                    .map(line -> line.replaceAll("\\w+\\$", ""))
                    .toList();
        }

        boolean isInterface() {
            return header().contains("interface ");
        }

        boolean isEnum() {
            return header().contains(" enum ");
        }

        String parent() {
            return header().contains(" class ") && header().contains(" extends ")
                    ? header().replaceFirst(".* extends (\\w+).*", "$1")
                    : "";
        }
    }

    private final List<String> imports = new ArrayList<>(IMPORTS);
    private final Map<String, Listed> classes = new LinkedHashMap<>();

    StandIn() throws IOException {
        Listed current = null;
        for (String line : Files.readAllLines(LIST)) {
            if (line.startsWith("## ")) {
                current = new Listed(line.substring(3), new ArrayList<>());
                classes.put(current.name(), current);
            } else if (current != null && !line.isBlank()) {
                current.lines().add(line.strip());
            }
        }
        classes.values().stream()
                .map(listed -> "import " + listed.packageName() + ".*;")
                .distinct()
                .forEach(imports::add);
    }

    /** Writes the sources, and returns their files. */
    List<Path> write(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Listed listed : classes.values()) {
            if (!listed.isNested()) {
                Path file = folder.resolve(listed.packageName().replace('.', '/') + "/" + listed.name() + ".java");
                Files.createDirectories(file.getParent());
                files.add(Files.writeString(
                        file,
                        "package " + listed.packageName() + ";\n" + String.join("\n", imports) + "\n"
                                + source(listed)));
            }
        }
        return files;
    }

    private String source(Listed listed) {
        StringBuilder source = new StringBuilder(listed.header()).append(" {\n");
        listed.members().forEach(member -> source.append(member(listed, member)).append('\n'));
        classes.values().stream()
                .filter(nested -> nested.binaryName().startsWith(listed.binaryName() + "$"))
                .forEach(nested -> source.append(source(nested)));
        return source.append("}\n").toString();
    }

    private String member(Listed listed, String line) {
        Matcher member = MEMBER.matcher(line);
        if (!member.matches()) {
            return field(listed, line);
        }
        String declared = member.group(1) + member.group(2) + "(" + parameters(member.group(3)) + ")" + member.group(4);
        if (listed.isInterface() || member.group(1).contains("abstract ")) {
            return declared + ";";
        }
        String body = isConstructor(listed, member.group(2)) ? superCall(listed) : value(member.group(1));
        return declared + " {" + BODIES.getOrDefault(listed.name() + "." + member.group(2), body) + "}";
    }

    private static String field(Listed listed, String line) {
        return listed.isEnum() ? line.replaceFirst(".* ", "") + ";" : line.replaceFirst("(= \\d+)l$", "$1") + ";";
    }

    private static boolean isConstructor(Listed listed, String name) {
        return listed.name().equals(name);
    }

    /** By the first constructor that the parent has, if the parent is of the list. */
    private String superCall(Listed listed) {
        Listed parent = classes.get(listed.parent());
        if (parent == null) {
            return "";
        }
        String types = parent.members().stream()
                .map(MEMBER::matcher)
                .filter(member -> member.matches() && isConstructor(parent, member.group(2)))
                .map(member -> member.group(3))
                .findFirst()
                .orElse("");
        return "super("
                + split(types).stream().map(type -> "(" + type + ") null").collect(Collectors.joining(", "))
                + ");";
    }

    private static String value(String modifiersAndType) {
        String type = modifiersAndType
                .strip()
                .replaceFirst("^(?:(?:public|protected|static|final|synchronized) )*(?:<T> )?", "");
        if (type.startsWith("List<")) {
            return "return new java.util.ArrayList<>();";
        } else if (type.startsWith("Set<")) {
            return "return new java.util.LinkedHashSet<>();";
        } else if (type.startsWith("Map<")) {
            return "return new java.util.LinkedHashMap<>();";
        }
        return VALUES.getOrDefault(type, "return null;");
    }

    private static String parameters(String types) {
        List<String> all = split(types);
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i) + " p" + i)
                .collect(Collectors.joining(", "));
    }

    /** At the commas outside of type arguments. */
    private static List<String> split(String types) {
        return types.isEmpty() ? List.of() : List.of(types.split(", (?![^<]*>)"));
    }
}
