class {{brewFormulaName}} < Formula
  desc "{{projectDescription}}"
  homepage "{{projectLinkHomepage}}"
  url "{{distributionUrl}}"
  sha256 "{{distributionChecksumSha256}}"
  license "{{projectLicense}}"

  depends_on :linux
  depends_on "openjdk"

  def install
    rm "bin/tcptable.cmd"
    bash_completion.install "share/bash-completion/completions/tcptable"
    fish_completion.install "share/fish/vendor_completions.d/tcptable.fish"
    zsh_completion.install "share/zsh/site-functions/_tcptable"
    man1.install Dir["share/man/man1/*"]
    libexec.install Dir["*"]
    # The Java of Homebrew is in no folder where one is looked for.
    java = "${TCPTABLE_JAVA:-#{Formula["openjdk"].opt_bin}/java}"
    (bin/"tcptable").write_env_script libexec/"bin/tcptable", TCPTABLE_JAVA: java
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/tcptable --version")
  end
end
