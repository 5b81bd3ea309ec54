# {{jreleaserCreationStamp}}
# yaml-language-server: $schema=https://aka.ms/winget-manifest.installer.1.9.0.schema.json

PackageIdentifier: {{wingetPackageIdentifier}}
PackageVersion: {{wingetPackageVersion}}
ReleaseDate: {{wingetReleaseDate}}
# The folder gets into PATH: a link would be called tcptable.exe, which Windows does not run as the script that it names.
ArchiveBinariesDependOnPath: true
Commands:
  - tcptable
Installers:
{{#wingetInstallers}}
  - Architecture: {{architecture}}
    InstallerUrl: {{url}}
    InstallerSha256: {{checksum}}
    InstallerType: zip
    NestedInstallerType: portable
    NestedInstallerFiles:
      - RelativeFilePath: {{executablePath}}
{{/wingetInstallers}}
ManifestType: installer
ManifestVersion: 1.9.0
