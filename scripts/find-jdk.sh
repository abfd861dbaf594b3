# shellcheck shell=bash
# Sourced by the other scripts: sets JAVA_HOME to a JDK 25 or later, or says what to install and exits.
# The order: JAVA_HOME, then the oldest that is new enough of the usual places, `java` on the PATH included.

# The feature version of the JDK in a folder (25), or nothing where there is no compiler.
jdk_version() {
  local line
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        line=${line#JAVA_VERSION=}
        line=${line//\"/}
        line=${line%%[.+-]*}
        case $line in '' | *[!0-9]*) ;; *) printf '%s' "$line" ;; esac
        return 0
        ;;
    esac
  done <"$1/release"
}

find_jdk() {
  local least=25 best='' best_version='' home version seen='' path_java
  version=$(jdk_version "${JAVA_HOME:-}")
  if [ -n "$version" ] && [ "$version" -ge "$least" ]; then
    export JAVA_HOME
    return 0
  fi
  [ -n "$version" ] && seen="$version at $JAVA_HOME"
  path_java=$(readlink -f "$(command -v java 2>/dev/null)" 2>/dev/null)
  for home in "${path_java%/bin/java}" /usr/lib/jvm/* /usr/java/* /opt/java/* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    version=$(jdk_version "$home")
    [ -n "$version" ] || continue
    if [ "$version" -lt "$least" ]; then
      [ -n "$seen" ] || seen="$version at $home"
    elif [ -z "$best" ] || [ "$version" -lt "$best_version" ]; then
      best=$home
      best_version=$version
    fi
  done
  if [ -z "$best" ]; then
    echo "JDK $least or later is needed and was not found${seen:+ (only $seen)}:" \
      "install one, for example 'apt-get install openjdk-$least-jdk' or" \
      "'sdk install java $least-tem', or set JAVA_HOME to it." >&2
    return 1
  fi
  export JAVA_HOME=$best
}

find_jdk || exit 1

# Maven's own libraries still use Unsafe and native access; its warnings are not ours to show.
export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"

# Runs Maven in the repository; needs a JDK only through JAVA_HOME.
maven() {
  command -v mvn >/dev/null || {
    echo "Maven 3.8.7 or later is needed and was not found: install it, for example" \
      "'apt-get install maven' or 'sdk install maven'." >&2
    return 1
  }
  mvn --batch-mode --no-transfer-progress -Dstyle.color=never "$@"
}
