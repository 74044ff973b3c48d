export declare const whileLocked: <T>(file: string, say: (line: string) => void, work: () => Promise<T>) => Promise<T>
