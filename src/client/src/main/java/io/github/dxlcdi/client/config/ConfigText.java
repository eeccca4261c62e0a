package io.github.dxlcdi.client.config;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.spi.FileText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** The text of a configuration on the disk. */
final class ConfigText {
    /** Far more than the longest one. */
    static final int MAX_BYTES = 1 << 20;

    private ConfigText() {}

    /** Reads it in whatever encoding an editor has written it. */
    static String read(Path path) throws DxlException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new DxlException("it has more than " + MAX_BYTES + " bytes; is this a dxlclient.config?");
            }
            return FileText.of(bytes);
        } catch (NoSuchFileException e) {
            throw new DxlException("there is no such file");
        } catch (AccessDeniedException e) {
            throw new DxlException("this user has no permission to read it");
        } catch (FileSystemException e) {
            // Its message holds the path, which may be something else.
            throw new DxlException("it can't be read: " + e.getReason());
        } catch (IOException e) {
            throw new DxlException(e.toString(), e);
        }
    }

    /**
     * Replaces a file as a whole, so that nobody ever reads a half of it, and keeps its permissions. What links to it goes
     * on doing so.
     *
     * @param secret whether only its owner may read it if it is new
     */
    static void replace(Path path, String text, boolean secret) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path fresh = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            create(fresh, target, secret);
            Files.writeString(fresh, text);
            move(fresh, target);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Empty, and with its permissions before a secret is written to it. */
    private static void create(Path fresh, Path target, boolean secret) throws IOException {
        Files.newByteChannel(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
                .close();
        PosixFileAttributeView permissions = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        if (permissions == null) {
            return;
        }
        if (Files.exists(target)) {
            permissions.setPermissions(Files.getPosixFilePermissions(target));
        } else if (secret) {
            permissions.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            // Some systems replace nothing that another program holds open, and say so only in their own words.
            throw new IOException(to + " can't be replaced: " + e.getReason(), e);
        }
    }
}
