package org.tornadovit.io.data;

import java.util.List;

/** Files by relative path, parts separated by '/', in a folder or in an archive. */
sealed interface FileTree extends AutoCloseable permits FolderFiles, ZipFiles {
    /** {@return the paths of all files, sorted} */
    List<String> paths();

    /** {@return the content of {@code path}, which is one of {@link #paths()}} */
    byte[] read(String path);

    @Override
    void close();
}
