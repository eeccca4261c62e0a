package io.github.dxlcdi.client.tls;

import com.opendxl.client.exception.DxlException;
import io.github.dxlcdi.client.log.TextLogger;
import io.github.dxlcdi.client.spi.GivenText;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * A file with certificates or a key.
 *
 * @param role what it holds, for messages
 * @param path where it is
 */
record CredentialFile(String role, String path) {
    /** Far more than a bundle of authorities takes. */
    static final int MOST_BYTES = 1024 * 1024;

    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.client.tls");
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /** The beginning of a message about it. */
    String what() {
        return "The " + role + " (" + GivenText.shownPath(path) + ")";
    }

    byte[] read() throws DxlException {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw tooLarge(what());
            }
            return content;
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new DxlException(what() + " can't be read: no such file");
        } catch (AccessDeniedException e) {
            throw new DxlException(what() + " can't be read: this user has no permission to");
        } catch (FileSystemException e) {
            // Its message holds the path, which may be something else.
            throw new DxlException(what() + " can't be read: " + e.getReason());
        } catch (IOException e) {
            throw new DxlException(what() + " can't be read", e);
        }
    }

    static DxlException tooLarge(String what) {
        return new DxlException(what + " is larger than " + MOST_BYTES + " bytes, so it is something else");
    }

    /** Says so if others than its owner can get at it, where the file system knows of such things. */
    void warnIfOpenToOthers() {
        try {
            Path file = Path.of(path);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains)) {
                LOG.log(
                        Level.WARNING,
                        "DXL0220 {0} can be read or changed by other users of this machine, and whoever has the key is"
                                + " this client to the fabric. Lock it with: chmod 600 {1}",
                        what(),
                        path);
            }
        } catch (IOException | InvalidPathException e) {
            // It has just been read; there is nothing more to say of it.
        }
    }
}
